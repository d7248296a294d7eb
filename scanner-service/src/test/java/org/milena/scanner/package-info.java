/** The scanner's house rules, and what its tests share. */
@NullMarked
package org.milena.scanner;

import org.jspecify.annotations.NullMarked;
