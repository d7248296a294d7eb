@NullMarked
package org.milena.ingress;

import org.jspecify.annotations.NullMarked;
