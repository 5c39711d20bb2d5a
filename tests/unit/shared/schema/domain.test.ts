import { describe, expect, test } from 'vitest';
import { typeChange } from '../../../../shared/schema/domain';

describe('typeChange', () => {
  test.each([
    ['int(11)', 'int(10)', 'same'],
    ['tinyint(1)', 'tinyint(4)', 'same'],
    ['int(11)', 'bigint(20)', 'widened'],
    ['bigint(20)', 'int(11)', 'narrowed'],
    ['int(11)', 'int(10) unsigned', 'narrowed'],
    ['int(10) unsigned', 'bigint(20)', 'widened'],
    ['int(10) unsigned', 'int(11)', 'narrowed'],
    ['bigint(20) unsigned', 'bigint(20)', 'narrowed'],
    ['decimal(10,2)', 'decimal(12,2)', 'widened'],
    ['decimal(10,2)', 'decimal(12,4)', 'widened'],
    ['decimal(10,2)', 'decimal(10,4)', 'narrowed'],
    ['decimal(10,2)', 'decimal(10,1)', 'narrowed'],
    ['float', 'double', 'widened'],
    ['double', 'float', 'narrowed'],
    ['varchar(50)', 'varchar(80)', 'widened'],
    ['varchar(80)', 'varchar(50)', 'narrowed'],
    ['varchar(50)', 'text', 'widened'],
    ['char(1)', 'varchar(10)', 'widened'],
    ['mediumtext', 'text', 'narrowed'],
    ['datetime', 'datetime(6)', 'widened'],
    ['datetime(6)', 'datetime', 'narrowed'],
    ["enum('F','M')", "enum('M','F')", 'same'],
    ["enum('F','M')", "enum('F','M','it''s (odd)')", 'widened'],
    ["enum('F','M')", "enum('F','X','Y')", 'narrowed'],
    ['int(11)', 'varchar(20)', 'retyped'],
    ['int(11)', 'decimal(10,0)', 'retyped'],
    ['datetime(6)', 'timestamp(6)', 'retyped'],
    ['json', 'longtext', 'retyped'],
    ['date', 'date', 'same'],
    ['varchar(10)', 'varbinary(10)', 'retyped'],
    ['String', 'String', 'same'],
    ['Int32', 'Int64', 'widened'],
    ['Int64', 'String', 'retyped'],
    ['Decimal', 'Double', 'retyped'],
  ])('%s -> %s is %s', (before, after, change) => {
    expect(typeChange(before, after)).toBe(change);
  });
});
