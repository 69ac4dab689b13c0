/**
 * A Data API with its documents as a program of its own, to be ended and frozen. Says in one line
 * that it listens; the documents stay in their file from one start to the next.
 */
import { openDocuments } from '../../local/documents.ts';

const { BENCH_DOCUMENTS: file, BENCH_DOCUMENTS_PORT: port, BENCH_DOCUMENTS_KEY: key } = process.env;
if (!file || !port || !key) throw new Error('BENCH_DOCUMENTS, its _PORT and its _KEY are not set');
const { url } = await openDocuments({ file }, { port: Number(port), key });
console.log(JSON.stringify({ url }));
