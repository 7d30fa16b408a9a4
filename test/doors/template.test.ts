import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillTemplate } from '../../src/services/doors/template.js';

test('a value goes into a page as text, in an attribute as between tags', () => {
  const mean = `"'><img src=x onerror=alert(1)>&amp;{{b}}$&`;
  const filled = fillTemplate('<p title="{{a}}">{{a}}</p>{{b}}', { a: mean, b: 'B' });
  const safe = '&quot;&#39;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;amp;{{b}}$&amp;';
  assert.equal(filled, `<p title="${safe}">${safe}</p>B`);
});

test('a name that nobody fills in is an error that names it', () => {
  for (const name of ['a', 'constructor', '__proto__'])
    assert.throws(() => fillTemplate(`{{${name}}}`, { b: 'B' }), new RegExp(`wants {{${name}}}`));
});
