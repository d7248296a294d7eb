@NullMarked
package org.milena.archive.app;

import org.jspecify.annotations.NullMarked;
