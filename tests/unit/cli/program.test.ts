import { expect, test } from 'vitest';
import { program } from '../../../cli/program';

test('an option behind a command is that command’s, also where the group before it knows the same one', () => {
  const root = program(() => undefined);
  const group = root.commands.find((command) => command.name() === 'sources');
  const inner = group?.commands.find((command) => command.name() === 'windows');
  const got: unknown[] = [];
  inner?.action((source: string, options: unknown) => void got.push(source, options));
  root.parse(['node', 'tidemark', 'sources', 'windows', 'users', '--files', '--output', 'json']);
  expect(got).toEqual(['users', { output: 'json', limit: '20', files: true }]);
});
