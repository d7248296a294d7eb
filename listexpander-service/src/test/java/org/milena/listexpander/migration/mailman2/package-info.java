@NullMarked
package org.milena.listexpander.migration.mailman2;

import org.jspecify.annotations.NullMarked;
