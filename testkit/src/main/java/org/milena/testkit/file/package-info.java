/** Files that tests make and that are gone when they end. */
@NullMarked
package org.milena.testkit.file;

import org.jspecify.annotations.NullMarked;
