import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Adds up what the runners reported below a folder; a step that failed without a failed test counts as one failure.
const [folder, failedSteps] = [process.argv[2], Number(process.argv[3])];
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'imports.json')) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  sum.passed += report.numPassedTests;
  sum.failed += report.numFailedTests;
  sum.skipped += report.numPendingTests + report.numTodoTests;
}
const python = join(folder, 'python.xml');
if (existsSync(python)) {
  const suite = readFileSync(python, 'utf8').match(/<testsuite [^>]*>/)?.[0] ?? '';
  const count = (name) => Number(suite.match(new RegExp(` ${name}="(\\d+)"`))?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  sum.failed += failed;
  sum.skipped += count('skipped');
  sum.passed += count('tests') - failed - count('skipped');
}
if (sum.failed === 0) sum.failed = failedSteps;
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
