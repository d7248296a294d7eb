@NullMarked
package org.milena.listexpander.command;

import org.jspecify.annotations.NullMarked;
