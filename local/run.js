// Starts one of the commands in this folder on a Node that can. Plain old JavaScript, so that a
// Node which is too old can still read this file and name the reason in one line.
const NODE_MAJOR_MIN = 22;
const NODE_MINOR_MIN = 18;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NODE_MAJOR_MIN || (major === NODE_MAJOR_MIN && minor < NODE_MINOR_MIN)) {
  console.error(
    `SwiftDrop needs Node ${NODE_MAJOR_MIN}.${NODE_MINOR_MIN} or newer and this is ${process.versions.node}. ` +
      'Run it through npm ("npm run dev"), which uses the Node that "npm install" brings.',
  );
  process.exit(1);
}

const [command = '', ...args] = process.argv.slice(2);
process.argv.splice(2, process.argv.length, ...args);

import(new URL(`./${command}.ts`, import.meta.url).href)
  .then(({ main }) => main(args))
  .catch((error) => {
    // The user can put a UserError right. Anything else is a bug, for which the stack is needed.
    console.error(error.name === 'UserError' ? error.message : error);
    process.exit(1);
  });
