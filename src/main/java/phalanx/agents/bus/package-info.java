/**
 * Buses of the agents that outlast the program: Kafka ({@link phalanx.agents.bus.KafkaLines}) and Redis Streams
 * ({@link phalanx.agents.bus.RedisLines}) behind one {@link phalanx.agents.bus.BrokerBus}. Messages come from the loop and go back to it,
 * each at least once; the loop knows those that arrive twice.
 */
@NullMarked
package phalanx.agents.bus;

import org.jspecify.annotations.NullMarked;
