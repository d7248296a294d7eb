@NullMarked
package org.milena.ingress.address;

import org.jspecify.annotations.NullMarked;
