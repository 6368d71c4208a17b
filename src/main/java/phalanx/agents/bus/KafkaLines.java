package phalanx.agents.bus;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka (kafka.apache.org, "Producer Configs" and "Consumer Configs"). A message is sent once all replicas have it ({@code acks=all}), in
 * the partition of its incident; an offset is committed after the message was taken.
 */
final class KafkaLines implements Lines {
    /** Held, so that its level stays; what it says of lines that are cut is told in fewer words elsewhere. */
    private static final Logger LIBRARY = Logger.getLogger("org.apache.kafka");

    static {
        LIBRARY.setLevel(Level.SEVERE);
    }

    private static final String GROUP = "phalanx-agents";
    private static final Duration BLOCK = Duration.ofMillis(500);
    private static final int ANSWER_MILLIS = 5_000;

    private final BusAddress address;
    private final Map<String, Object> common = new HashMap<>();
    private @Nullable KafkaProducer<String, String> producer;
    private @Nullable KafkaConsumer<String, String> consumer;
    private boolean topic;

    KafkaLines(BusAddress address, BusSecrets secrets) {
        this.address = address;
        common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address.server());
        common.put(CommonClientConfigs.CLIENT_ID_CONFIG, GROUP);
        common.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        common.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        common.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 100);
        common.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        boolean known = !secrets.password().isEmpty();
        common.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                (known ? "SASL_" : "") + (address.tls() ? "SSL" : "PLAINTEXT"));
        if (address.tls() && !secrets.authorities().isEmpty()) {
            common.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            common.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, secrets.authorities());
        }
        if (known) {
            String module = address.login().equals("PLAIN") ? "plain.Plain" : "scram.Scram";
            common.put(SaslConfigs.SASL_MECHANISM, address.login());
            common.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    "org.apache.kafka.common.security." + module + "LoginModule required username="
                            + quoted(secrets.user()) + " password=" + quoted(secrets.password()) + ";");
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(common);
        all.putAll(more);
        return all;
    }

    private static <T> T answer(Future<T> of) {
        try {
            return of.get(ANSWER_MILLIS * 2L, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(e);
        }
    }

    /** Makes the topic, as the broker makes topics, where it is not there. */
    private synchronized void topic() {
        if (!topic) {
            try (Admin admin = Admin.create(common)) {
                answer(admin.createTopics(List.of(new NewTopic(address.name(), Optional.empty(), Optional.empty())))
                        .all());
            } catch (TopicExistsException | AuthorizationException _) {
                // it is there, or who runs the broker makes it
            }
            topic = true;
        }
    }

    @Override
    public void send(String incident, String line) {
        topic();
        KafkaProducer<String, String> to = producer;
        if (to == null) {
            to = new KafkaProducer<>(
                    with(Map.of(
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            false,
                            ProducerConfig.RETRIES_CONFIG,
                            0, // the bus sends again itself
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            ANSWER_MILLIS,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            ANSWER_MILLIS,
                            ProducerConfig.LINGER_MS_CONFIG,
                            0,
                            ProducerConfig.BUFFER_MEMORY_CONFIG,
                            4L << 20)),
                    new StringSerializer(),
                    new StringSerializer());
            producer = to;
        }
        answer(to.send(new ProducerRecord<>(address.name(), incident, line)));
    }

    @Override
    public void receive(Consumer<String> taken) {
        topic();
        KafkaConsumer<String, String> from = consumer;
        if (from == null) {
            from = new KafkaConsumer<>(
                    with(Map.of(
                            ConsumerConfig.GROUP_ID_CONFIG,
                            GROUP + "-" + address.name(),
                            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                            false,
                            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                            "earliest",
                            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                            6_000, // after a kill, until the next gets messages
                            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                            2_000,
                            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                            false)),
                    new StringDeserializer(),
                    new StringDeserializer());
            from.subscribe(List.of(address.name()));
            consumer = from;
        }
        try {
            ConsumerRecords<String, String> came = from.poll(BLOCK);
            for (ConsumerRecord<String, String> one : came) {
                taken.accept(one.value() == null ? "" : one.value());
            }
            if (!came.isEmpty()) {
                from.commitSync();
            }
        } catch (KafkaException e) {
            consumer = null;
            from.close();
            throw e;
        }
    }

    @Override
    public void endSending() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    @Override
    public void endReceiving() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
