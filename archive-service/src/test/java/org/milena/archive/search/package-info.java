@NullMarked
package org.milena.archive.search;

import org.jspecify.annotations.NullMarked;
