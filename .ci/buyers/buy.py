"""Buys a unit by the client in shop_client, and reads the audit log.

Run by .ci/clients, which has shop_client generated beside a copy of this file.
"""
import sys

from shop_client import AuthenticatedClient, Client
from shop_client.api.accounts import login, register
from shop_client.api.administration import create_item, list_audit
from shop_client.api.events import get_event, list_events
from shop_client.api.profile import list_orders
from shop_client.api.purchase import confirm_order, reserve
from shop_client.models import (
    AuditList,
    EventDetail,
    EventList,
    EventStatus,
    Item,
    ItemInput,
    Login,
    OrderAnswer,
    OrderHistory,
    OrderStatus,
    Registration,
    Reservation,
    Session,
)

URL = sys.argv[1]
# Sample data, on this machine only.
ADMIN = Login(email="admin@swiftdrop.com", password="Admin@1234")
CUSTOMER = Login(email="python@example.com", password="correct horse")

anybody = Client(base_url=URL)


def expect(kind, answer):
    assert isinstance(answer, kind), f"{kind.__name__} was expected: {answer}"
    return answer


def signed_in(credentials):
    session = expect(Session, login.sync(client=anybody, body=credentials))
    return AuthenticatedClient(base_url=URL, token=session.access_token)


def buy(customer):
    events = expect(EventList, list_events.sync(client=anybody)).events
    live = next(event for event in events if event.status == EventStatus.LIVE)
    event = expect(EventDetail, get_event.sync(live.id, client=anybody))
    held = reserve.sync(
        event.items[0].id, client=customer, body=Reservation(quantity=1), idempotency_key='"buy-1"'
    )
    order = expect(OrderAnswer, held).order
    return expect(OrderAnswer, confirm_order.sync(order.id, client=customer)).order


registration = Registration(email=CUSTOMER.email, password=CUSTOMER.password, display_name="Python")
expect(Session, register.sync(client=anybody, body=registration))
customer = signed_in(CUSTOMER)
bought = buy(customer)
history = expect(OrderHistory, list_orders.sync(client=customer)).orders
status = next(order.status for order in history if order.id == bought.id)
assert status == OrderStatus.CONFIRMED, status

admin = signed_in(ADMIN)
item = ItemInput(name="Made by a generated client", description="", category="electronics")
expect(Item, create_item.sync(client=admin, body=item))
change = expect(AuditList, list_audit.sync(client=admin)).entries[0]
print(f"Python: the order is {status}; the last change is {change.action}")
