/** Puts the rooms of the scanner together: settings, beans, main. */
@NullMarked
package org.milena.scanner.app;

import org.jspecify.annotations.NullMarked;
