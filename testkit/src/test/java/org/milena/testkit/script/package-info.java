@NullMarked
package org.milena.testkit.script;

import org.jspecify.annotations.NullMarked;
