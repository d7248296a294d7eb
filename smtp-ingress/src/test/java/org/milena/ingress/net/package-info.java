@NullMarked
package org.milena.ingress.net;

import org.jspecify.annotations.NullMarked;
