@NullMarked
package org.milena.common.directory;

import org.jspecify.annotations.NullMarked;
