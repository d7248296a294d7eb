/**
 * The ports of {@code common}, proven against the real thing: its own tests cannot use this kit.
 */
@NullMarked
package org.milena.testkit.contract;

import org.jspecify.annotations.NullMarked;
