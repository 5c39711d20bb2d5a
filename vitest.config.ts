import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], testTimeout: number, more = {}) => ({
  test: { name, include, testTimeout, hookTimeout: testTimeout, exclude: ['dist/**', 'node_modules/**'], ...more },
});

/** The rings: pure and played (unit), stories under seeded faults (simulation), adapters against the local Azure (contract), the tree itself (drift), real processes (scenario), the dashboard in Chromium (browser). */
export default defineConfig({
  test: {
    projects: [
      project('unit', ['tests/unit/**/*.test.ts'], 10_000),
      project('contract', ['tests/contract/**/*.test.ts'], 60_000),
      project('simulation', ['tests/{simulation,replay}/**/*.test.ts'], 600_000),
      project('drift', ['tests/drift/**/*.test.ts'], 30_000),
      project('scenario', ['tests/scenario/**/*.test.ts'], 600_000),
      project('browser', ['tests/browser/**/*.test.ts'], 60_000, {
        globalSetup: ['tests/browser/fixture/buildDashboard.ts'],
        fileParallelism: false,
      }),
    ],
  },
});
