@NullMarked
package org.milena.ingress.auth;

import org.jspecify.annotations.NullMarked;
