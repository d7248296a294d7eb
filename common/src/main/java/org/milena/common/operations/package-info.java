/**
 * What an operator looks at: how far the stages are, and what was set aside.
 *
 * <p>Promises that the numbers come from the broker, so they are the same whichever process is
 * asked.
 */
@NullMarked
package org.milena.common.operations;

import org.jspecify.annotations.NullMarked;
