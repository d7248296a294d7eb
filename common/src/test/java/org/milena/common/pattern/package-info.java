@NullMarked
package org.milena.common.pattern;

import org.jspecify.annotations.NullMarked;
