@NullMarked
package org.milena.standalone.app;

import org.jspecify.annotations.NullMarked;
