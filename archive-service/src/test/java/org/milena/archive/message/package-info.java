@NullMarked
package org.milena.archive.message;

import org.jspecify.annotations.NullMarked;
