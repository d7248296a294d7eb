/** What of the Kafka edge is proven from inside its room, against a real broker. */
@NullMarked
package org.milena.common.kafka;

import org.jspecify.annotations.NullMarked;
