// Reads a report of Vitest: prints `PASSED FAILED`, and adds what failed to a file.
//   node tests/vitest_report.mjs REPORT FAILURES
import { appendFileSync, readFileSync } from "node:fs";

const [reportFile, failuresFile] = process.argv.slice(2);
const report = JSON.parse(readFileSync(reportFile, "utf8"));
const lineMax = 400;
const linesMax = 12;

for (const file of report.testResults) {
  for (const test of file.assertionResults) {
    if (test.status !== "failed") continue;
    const lines = (test.failureMessages ?? []).join("\n").split("\n").slice(0, linesMax);
    const told = lines.map((line) => `  ${line.slice(0, lineMax)}\n`).join("");
    appendFileSync(failuresFile, `failed: ${test.fullName}\n${told}`);
  }
}
console.log(report.numPassedTests, report.numTotalTests - report.numPassedTests);
