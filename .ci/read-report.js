/**
 * Reads what vitest's JSON reporter wrote. Prints nothing where there is no report.
 *
 *   node .ci/read-report.js counts REPORT     how many tests passed, and how many failed
 *   node .ci/read-report.js files REPORT      the files that failed; none of them where one did not come
 *                                             to its end, since then others may not have been run
 *   node .ci/read-report.js failures REPORT   the tests that failed, each with its first line of why
 */
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const FAILURES_TOLD_MAX = 15;
const LINE_CHARACTERS_MAX = 300;

const QUESTIONS = {
  counts: ({ numPassedTests, numFailedTests }) => [`${numPassedTests} ${numFailedTests}`],
  files({ testResults }) {
    const failed = testResults.filter(({ status }) => status === 'failed');
    return failed.some(isUnfinished) ? [] : failed.map(pathOf);
  },
  failures({ testResults }) {
    const lines = testResults.filter(({ status }) => status === 'failed').flatMap(failuresOf);
    const more = lines.length - FAILURES_TOLD_MAX;
    return [...lines.slice(0, FAILURES_TOLD_MAX), ...(more > 0 ? [`and ${more} more`] : [])];
  },
};

const [question, report] = process.argv.slice(2);
const lines = existsSync(report)
  ? QUESTIONS[question](JSON.parse(readFileSync(report, 'utf8')))
  : [];
for (const line of lines) console.log(line.slice(0, LINE_CHARACTERS_MAX));

function pathOf({ name }) {
  return relative(process.cwd(), name);
}

function failedTests({ assertionResults }) {
  return assertionResults.filter(({ status }) => status === 'failed');
}

/** Its process ended before it. */
function isUnfinished(file) {
  return file.message === '' && failedTests(file).length === 0;
}

function failuresOf(file) {
  const tests = failedTests(file);
  if (tests.length === 0) {
    return [`${pathOf(file)}: ${firstLine(file.message) || 'did not come to its end'}`];
  }
  return tests.map(
    ({ fullName, failureMessages: [message = ''] }) =>
      `${pathOf(file)} > ${fullName}: ${firstLine(message)}`,
  );
}

function firstLine(text) {
  return text.split('\n', 1)[0];
}
