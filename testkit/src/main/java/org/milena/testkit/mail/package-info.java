/**
 * What becomes of a message on its way, for tests that compare octets.
 *
 * <p>Promises that each test compares with the same fields that docs/formats.md names.
 */
@NullMarked
package org.milena.testkit.mail;

import org.jspecify.annotations.NullMarked;
