/**
 * Signatures of a beacon's rounds: BLS12-381, signatures on G1, scheme bls-unchained-g1-rfc9380. The library is
 * loaded by the first who needs it: it is as large as the rest of a draw, and most isolates never draw.
 */
import type { BeaconRound } from './beacon.ts';
import type { BeaconChain } from './beacon-rounds.ts';
import { bytesOf, hexOf } from './hex.ts';
import { sha256 } from './sha256.ts';

const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
const SIGNATURE_FORM = /^[0-9a-f]{96}$/;
/** From which a secret key is made. */
export const KEY_SEED_BYTES = 48;

export interface BeaconKey extends BeaconChain {
  secretKey: Uint8Array;
}

/**
 * @param signature in hex, as a relay told it.
 * @returns the round, where the signature is that of the chain for it; else undefined.
 */
export async function verifyRound(
  publicKey: string,
  round: number,
  signature: string,
): Promise<BeaconRound | undefined> {
  if (!SIGNATURE_FORM.test(signature)) return undefined;
  const { Signature, hash, verify } = await load();
  const bytes = bytesOf(signature);
  const message = hash(await roundMessage(round), DST);
  try {
    const point = Signature.fromBytes(bytes);
    // Of the same point written in another way, the hash would be another one.
    if (hexOf(Signature.toBytes(point)) !== signature) return undefined;
    if (!verify(point, message, bytesOf(publicKey))) return undefined;
  } catch {
    // Most changed bytes are no point of the curve, for which the library throws.
    return undefined;
  }
  return { signature: bytes, randomness: await sha256(bytes) };
}

/** @returns the signature in hex. */
export async function signRound({ secretKey }: BeaconKey, round: number): Promise<string> {
  const { Signature, hash, sign } = await load();
  return hexOf(Signature.toBytes(sign(hash(await roundMessage(round), DST), secretKey)));
}

/** @param seed KEY_SEED_BYTES of them. */
export async function makeKey(seed: Uint8Array): Promise<BeaconKey> {
  const { keygen } = await load();
  const { secretKey, publicKey } = keygen(seed);
  const bytes = new Uint8Array(publicKey.toBytes());
  return { secretKey, publicKey: hexOf(bytes), chain: hexOf(await sha256(bytes)) };
}

function roundMessage(round: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round));
  return sha256(bytes);
}

async function load() {
  const { bls12_381 } = await import('@noble/curves/bls12-381.js');
  const { shortSignatures: s } = bls12_381;
  return {
    Signature: s.Signature,
    hash: s.hash.bind(s),
    keygen: s.keygen.bind(s),
    sign: s.sign.bind(s),
    verify: s.verify.bind(s),
  };
}
