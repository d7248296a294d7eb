@NullMarked
package org.milena.listexpander.ledger;

import org.jspecify.annotations.NullMarked;
