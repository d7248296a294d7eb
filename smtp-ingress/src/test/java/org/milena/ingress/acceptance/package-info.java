@NullMarked
package org.milena.ingress.acceptance;

import org.jspecify.annotations.NullMarked;
