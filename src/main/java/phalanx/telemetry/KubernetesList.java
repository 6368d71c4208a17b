package phalanx.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import phalanx.net.IpAddress;
import phalanx.run.ForeignText;

/** What {@code kubectl get pods,services,nodes -o json} gives (Kubernetes API v1: Pod, Service, Node): who has which address. */
final class KubernetesList {
    private KubernetesList() {}

    static boolean isOne(JsonNode document) {
        return document.has("kind") && document.has("apiVersion");
    }

    static void take(JsonNode document, Gathering into) {
        into.format("Kubernetes");
        if (document.path("items").isArray()) {
            document.path("items").forEach(item -> item(item, into));
        } else {
            item(document, into);
        }
    }

    private static void item(JsonNode item, Gathering into) {
        JsonNode status = item.path("status");
        switch (item.path("kind").asText()) {
            case "Pod" -> {
                Set<String> addresses = texts(status.path("podIPs"), "ip");
                addresses.add(status.path("podIP").asText());
                add(item, ServiceName.Kind.POD, addresses, into);
            }
            case "Service" -> {
                Set<String> addresses = new HashSet<>();
                item.path("spec").path("clusterIPs").forEach(address -> addresses.add(address.asText()));
                addresses.add(item.path("spec").path("clusterIP").asText());
                item.path("spec").path("externalIPs").forEach(address -> addresses.add(address.asText()));
                addresses.addAll(texts(status.path("loadBalancer").path("ingress"), "ip"));
                add(item, ServiceName.Kind.SERVICE, addresses, into);
            }
            case "Node" -> add(item, ServiceName.Kind.NODE, texts(status.path("addresses"), "address"), into);
            default ->
                into.wrong(0, "a " + ForeignText.name(item.path("kind").asText()) + " is no pod, service or node");
        }
    }

    private static Set<String> texts(JsonNode list, String field) {
        Set<String> texts = new HashSet<>();
        list.forEach(one -> texts.add(one.path(field).asText()));
        return texts;
    }

    private static void add(JsonNode item, ServiceName.Kind kind, Set<String> addresses, Gathering into) {
        JsonNode about = item.path("metadata");
        for (String text : addresses) {
            IpAddress address = Fields.address(text); // a headless service has "None", a node its host name, too
            if (address != null) {
                into.add(new ServiceName(
                        address,
                        kind,
                        ForeignText.name(about.path("namespace").asText()),
                        ForeignText.name(about.path("name").asText()),
                        ForeignText.name(service(kind, about))));
            }
        }
    }

    /** By the recommended labels ("Recommended Labels", kubernetes.io), else who owns it without what each roll-out has of its own. */
    private static String service(ServiceName.Kind kind, JsonNode about) {
        String name = about.path("name").asText();
        if (kind != ServiceName.Kind.POD) {
            return kind == ServiceName.Kind.SERVICE ? name : "";
        }
        JsonNode labels = about.path("labels");
        String label =
                labels.path("app.kubernetes.io/name").asText(labels.path("app").asText(""));
        if (!label.isEmpty()) {
            return label;
        }
        JsonNode owner = about.path("ownerReferences").path(0);
        String owned = owner.path("name").asText(name);
        return owner.path("kind").asText().equals("ReplicaSet")
                ? owned.replaceFirst("-[bcdf0-9][a-z0-9]{3,9}$", "")
                : owned;
    }
}
