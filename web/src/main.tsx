import { render } from 'preact';
import { App } from './App';
import { openSession } from './api/session';
import './style/all.css';

openSession();
const root = document.getElementById('app');
if (root) render(<App />, root);
