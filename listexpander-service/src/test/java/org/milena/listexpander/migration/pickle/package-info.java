@NullMarked
package org.milena.listexpander.migration.pickle;

import org.jspecify.annotations.NullMarked;
