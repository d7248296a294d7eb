@NullMarked
package org.milena.listexpander.account;

import org.jspecify.annotations.NullMarked;
