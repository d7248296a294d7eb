@NullMarked
package org.milena.ingress.app;

import org.jspecify.annotations.NullMarked;
