/**
 * Services as processes of their own, started from their executable jars, so that a test can kill
 * them.
 *
 * <p>Promises that every process a test started ends with the test.
 */
@NullMarked
package org.milena.testkit.process;

import org.jspecify.annotations.NullMarked;
