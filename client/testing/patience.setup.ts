/** How long tests of the page wait for what they look for: a second is about the machine. */
import { configure } from '@testing-library/preact';

configure({ asyncUtilTimeout: 20_000 });
