@NullMarked
package org.milena.common.stage;

import org.jspecify.annotations.NullMarked;
