@NullMarked
package org.milena.common.peer;

import org.jspecify.annotations.NullMarked;
