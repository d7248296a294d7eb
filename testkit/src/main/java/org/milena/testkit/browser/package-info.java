/** A real browser for tests: Chromium, driven over its DevTools protocol. */
@NullMarked
package org.milena.testkit.browser;

import org.jspecify.annotations.NullMarked;
