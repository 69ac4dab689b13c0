/** How browsers may run, show, frame and embed what an answer contains. */
import { secureHeaders } from 'hono/secure-headers';

/** Nothing of an API answer is ever to be run, shown or framed. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/** For a page without script: its stylesheet and its icon, both of this site. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const TRANSPORT_SECURITY = 'max-age=31536000; includeSubDomains';

/** A page's own headers, such as those of the built page, are kept. */
export const securityHeaders = secureHeaders({
  overwrite: false,
  strictTransportSecurity: TRANSPORT_SECURITY,
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  removePoweredBy: false,
});
