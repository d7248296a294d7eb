@NullMarked
package org.milena.archive.identity;

import org.jspecify.annotations.NullMarked;
