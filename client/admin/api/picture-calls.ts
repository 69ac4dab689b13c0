/** How admins upload pictures. Part of the administration's calls. */
import type { PictureAnswer, PictureFault } from '../../../worker/contract/picture-uploads.ts';
import type { Call } from '../../api/api.ts';
import type { Result } from '../../api/call-problem.ts';
import type { Ask } from './asking.ts';

/** A large file over a slow line. */
const UPLOAD_MS_MAX = 120_000;

/** `fault` says what is wrong with a file that is no picture for the shop. */
export type UploadResult = Result<PictureAnswer> & { readonly fault?: PictureFault | undefined };

export interface PictureCalls {
  uploadPicture(file: Blob): Promise<UploadResult>;
}

export function pictureCalls(ask: Ask): PictureCalls {
  return {
    uploadPicture: async (file) => {
      let fault: PictureFault | undefined;
      const sent: Call<PictureAnswer> = ask(async ({ pictures }, { headers }) => {
        const type = file.type.startsWith('image/') ? file.type : 'application/octet-stream';
        const answer = await pictures.$post(
          {},
          {
            headers: { ...headers, 'Content-Type': type },
            init: { body: file, signal: AbortSignal.timeout(UPLOAD_MS_MAX) },
          },
        );
        if (!answer.ok) fault = await faultIn(answer.clone());
        return answer;
      });
      return { ...(await sent), fault };
    },
  };
}

async function faultIn(answer: { json(): Promise<unknown> }): Promise<PictureFault | undefined> {
  const body = await answer.json().catch(() => null);
  return (body as { reason?: PictureFault } | null)?.reason;
}
