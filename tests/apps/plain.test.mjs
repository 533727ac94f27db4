import { comparedApp } from '../harness/comparison/compared-app.mjs';

comparedApp('A plain app');
