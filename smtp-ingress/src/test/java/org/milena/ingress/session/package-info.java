@NullMarked
package org.milena.ingress.session;

import org.jspecify.annotations.NullMarked;
