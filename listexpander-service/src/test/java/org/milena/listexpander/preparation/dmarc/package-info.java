@NullMarked
package org.milena.listexpander.preparation.dmarc;

import org.jspecify.annotations.NullMarked;
