@NullMarked
package org.milena.common.app;

import org.jspecify.annotations.NullMarked;
