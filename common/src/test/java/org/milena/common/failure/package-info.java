@NullMarked
package org.milena.common.failure;

import org.jspecify.annotations.NullMarked;
