@NullMarked
package org.milena.ingress.tls;

import org.jspecify.annotations.NullMarked;
