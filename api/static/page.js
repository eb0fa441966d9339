// What every page has besides its text: the choice of colours.
import { startTheme } from '../comity/theme.js';

document.documentElement.classList.add('js');
startTheme(() => {});
