@NullMarked
package org.milena.ingress.policy;

import org.jspecify.annotations.NullMarked;
