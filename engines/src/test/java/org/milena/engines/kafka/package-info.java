/** Tests of the broker, against the real thing. */
@NullMarked
package org.milena.engines.kafka;

import org.jspecify.annotations.NullMarked;
